// The server alone writes the hours of a forum: browsers and servers do not always agree on when
// a province turns its clocks.
export const csr = false;
