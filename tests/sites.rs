//! Sites as a whole.
