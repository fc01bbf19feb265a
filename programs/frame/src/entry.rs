//! How the loader comes in.

/// Makes `$dispatch` the program: what runs when the loader calls, with at most `$most` accounts.
#[macro_export]
macro_rules! entry {
    ($dispatch:path, $most:literal) => {
        pub fn process(
            program: &pinocchio::Address,
            accounts: &mut [pinocchio::AccountView],
            input: &[u8],
        ) -> pinocchio::ProgramResult {
            $dispatch(program, accounts, input).map_err($crate::fault::Fault::into_error)
        }

        /// # Safety
        /// Called by the loader alone, with the serialized input of one instruction.
        #[cfg(target_os = "solana")]
        #[no_mangle]
        pub unsafe extern "C" fn entrypoint(input: *mut u8) -> u64 {
            pinocchio::entrypoint::process_entrypoint::<$most>(input, process)
        }

        #[cfg(target_os = "solana")]
        #[panic_handler]
        fn panicked(_: &core::panic::PanicInfo<'_>) -> ! {
            // SAFETY: ends the program, and the whole transaction is undone.
            unsafe { pinocchio::syscalls::abort() }
        }
    };
}
