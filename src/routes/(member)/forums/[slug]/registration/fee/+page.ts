// The server alone writes dates; the form gains nothing from script.
export const csr = false;
