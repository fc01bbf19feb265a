use rules::bytes::Key;

/// What an indexer reads: the instruction's number, the escrow and what changed, as one line `Program data:` of the log.
pub struct Event {
    bytes: [u8; 160],
    length: usize,
}

impl Event {
    #[inline(always)]
    pub fn new(instruction: u8, account: &Key) -> Self {
        let mut event = Self { bytes: [0; 160], length: 0 };
        event.bytes[0] = instruction;
        event.length = 1;
        event.key(account)
    }

    #[inline(always)]
    pub fn key(mut self, key: &Key) -> Self {
        self.bytes[self.length..self.length + 32].copy_from_slice(key);
        self.length += 32;
        self
    }

    #[inline(always)]
    pub fn number(mut self, number: u64) -> Self {
        self.bytes[self.length..self.length + 8].copy_from_slice(&number.to_le_bytes());
        self.length += 8;
        self
    }

    #[inline(always)]
    pub fn log(&self) {
        log(&self.bytes[..self.length]);
    }
}

#[cfg(target_os = "solana")]
#[inline(always)]
fn log(bytes: &[u8]) {
    let parts: [&[u8]; 1] = [bytes];
    // SAFETY: the system call reads one slice, which lives until it returns.
    unsafe { pinocchio::syscalls::sol_log_data(parts.as_ptr().cast(), 1) }
}

#[cfg(not(target_os = "solana"))]
fn log(_: &[u8]) {}
