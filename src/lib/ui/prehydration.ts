type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * What somebody typed or ticked before the script arrived. Hydration puts the stored values in its
 * place, and on a weak line or an old phone that is seconds later. Call it before the page hydrates.
 * @returns puts everything back, and tells the components; call it once they are there
 */
export function keepPrehydrationInput(): () => void {
	const controls = [...document.querySelectorAll<Control>('input, textarea, select')];
	const changed = controls.filter(isChanged).map((control) => ({
		control,
		value: control.value,
		checked: control instanceof HTMLInputElement && control.checked
	}));
	return () => {
		for (const { control, value, checked } of changed) {
			if (isTicked(control)) control.checked = checked;
			else control.value = value;
			for (const type of ['input', 'change']) {
				control.dispatchEvent(new Event(type, { bubbles: true }));
			}
		}
		// static/drafts.js waits for it before it adds a line to a form.
		document.documentElement.dataset.ready = '';
	};
}

function isTicked(control: Control): control is HTMLInputElement {
	return control instanceof HTMLInputElement && /^(checkbox|radio)$/.test(control.type);
}

function isChanged(control: Control): boolean {
	if (control instanceof HTMLSelectElement) {
		return [...control.options].some(
			({ selected, defaultSelected }) => selected !== defaultSelected
		);
	}
	if (isTicked(control)) return control.checked !== control.defaultChecked;
	return (
		control.type !== 'file' && control.type !== 'hidden' && control.value !== control.defaultValue
	);
}
