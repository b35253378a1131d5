// Public pages are documents: complete without script, small enough for a weak line, and quick on
// an old phone. None is sent to them but the way out.
export const csr = false;
