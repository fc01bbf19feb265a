use crate::refusal::Refusal;

pub type Key = [u8; 32];

/// Compares two keys by words: a comparison byte by byte costs the chain ten times as much.
#[inline(always)]
pub fn same(a: &Key, b: &Key) -> bool {
    let word = |key: &Key, at: usize| {
        u64::from_le_bytes([
            key[at],
            key[at + 1],
            key[at + 2],
            key[at + 3],
            key[at + 4],
            key[at + 5],
            key[at + 6],
            key[at + 7],
        ])
    };
    word(a, 0) == word(b, 0) && word(a, 8) == word(b, 8) && word(a, 16) == word(b, 16) && word(a, 24) == word(b, 24)
}

/// Reads the data of an instruction from front to back. What is too short or too long is refused.
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub fn new(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    #[inline(always)]
    pub fn take<const N: usize>(&mut self) -> Result<&'a [u8; N], Refusal> {
        let (head, rest) = self.rest.split_first_chunk::<N>().ok_or(Refusal::DataMalformed)?;
        self.rest = rest;
        Ok(head)
    }

    #[inline(always)]
    pub fn byte(&mut self) -> Result<u8, Refusal> {
        Ok(self.take::<1>()?[0])
    }

    #[inline(always)]
    pub fn short(&mut self) -> Result<u16, Refusal> {
        Ok(u16::from_le_bytes(*self.take()?))
    }

    #[inline(always)]
    pub fn word(&mut self) -> Result<u32, Refusal> {
        Ok(u32::from_le_bytes(*self.take()?))
    }

    #[inline(always)]
    pub fn amount(&mut self) -> Result<u64, Refusal> {
        Ok(u64::from_le_bytes(*self.take()?))
    }

    #[inline(always)]
    pub fn time(&mut self) -> Result<i64, Refusal> {
        Ok(i64::from_le_bytes(*self.take()?))
    }

    #[inline(always)]
    pub fn flag(&mut self) -> Result<bool, Refusal> {
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Refusal::DataMalformed),
        }
    }

    /// A byte that says how many rows of `N` bytes follow, and the rows: nothing may stand behind them.
    #[inline(always)]
    pub fn rows<const N: usize>(&mut self) -> Result<&'a [[u8; N]], Refusal> {
        let count = self.byte()? as usize;
        let (rows, rest) = self.rest.as_chunks::<N>();
        self.rest = rest;
        if rows.len() == count && rest.is_empty() {
            Ok(rows)
        } else {
            Err(Refusal::DataMalformed)
        }
    }

    pub fn end(self) -> Result<(), Refusal> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(Refusal::DataMalformed)
        }
    }
}

/// One line and an amount, as rows of nine bytes.
#[inline(always)]
pub fn line_and_amount(row: &[u8; 9]) -> (usize, u64) {
    let [line, a, b, c, d, e, f, g, h] = *row;
    (line as usize, u64::from_le_bytes([a, b, c, d, e, f, g, h]))
}
