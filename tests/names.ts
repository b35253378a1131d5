/** Names as they are typed, and what becomes of them: the form and the database have to agree. */
export const names = [
	['turns the text around', 'Ami\u202era', 'Amira'],
	['isolates', '\u2066Amira\u2069', 'Amira'],
	['cannot be seen', 'A\u200bm\u00adira\ufeff', 'Amira'],
	['rings', 'Amira\u0007\u009b', 'Amira'],
	['breaks the line', 'Amira\r\nAhmed', 'Amira Ahmed'],
	['is blank at its ends', '\u00a0\u3000Amira\u2003', 'Amira'],
	['joins, as Persian and Devanagari need it', 'م\u200cی', 'م\u200cی'],
	['is in pieces', 'Zoe\u0308', 'Zo\u00eb'],
	['belongs to a name', 'Zoë D’Arcy-Ñandú 李', 'Zoë D’Arcy-Ñandú 李']
] as const;
