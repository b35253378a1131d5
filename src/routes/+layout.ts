// Pages are documents: complete without script, small enough for a weak line, and quick on an old phone.
// Groups with forms that gain from script say so. A page that is not found belongs to no group.
export const csr = false;
