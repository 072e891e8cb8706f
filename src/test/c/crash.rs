// SPDX-License-Identifier: MIT
// Crashes with a signal in Rust. The argument selects how.
struct Stack {
    first: *const i32,
}

impl Stack {
    #[inline(never)]
    fn top(&self) -> i32 {
        unsafe { *self.first + 1 }
    }
}

#[inline(never)]
fn largest(values: &[i32]) -> i32 {
    if values.is_empty() {
        std::process::abort();
    }
    values[0]
}

fn main() {
    let how = std::env::args().nth(1).unwrap_or_default();
    let stack = Stack { first: std::ptr::null() };
    if how == "rusty" {
        println!("{}", stack.top());
    }
    println!("{}", largest(&[]));
}
