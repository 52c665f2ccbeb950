//! `recto build`: the whole site.
