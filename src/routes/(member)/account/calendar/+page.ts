// Nothing here gains from script: each form leads to a page.
export const csr = false;
