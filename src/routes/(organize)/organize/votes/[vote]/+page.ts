// Hours of a forum are told by the server alone: browsers and servers do not always agree on when
// a province turns its clocks.
export const csr = false;
