// The server alone writes the days of a forum; the forms gain nothing from script.
export const csr = false;
