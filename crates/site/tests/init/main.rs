//! Drafted settings: over our own texts, the real policies where they are at hand, and input that is
//! hostile or no policy at all. Of the real policies nothing is repeated here but file and line.

mod cases;
mod strange;
mod support;
mod texts;
