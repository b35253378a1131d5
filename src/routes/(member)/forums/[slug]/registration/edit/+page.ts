// Nothing here gains from script: the form leads to another page.
export const csr = false;
