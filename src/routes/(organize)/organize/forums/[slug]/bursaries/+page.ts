// The server alone writes dates; the forms gain nothing from script.
export const csr = false;
