#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| outflow_fuzz::display(bytes));
