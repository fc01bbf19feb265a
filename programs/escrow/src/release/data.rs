use rules::bytes::Reader;
use rules::refusal::Refusal;

/// The lines that are to be paid.
#[inline(always)]
pub fn parse(data: &[u8]) -> Result<&[[u8; 1]], Refusal> {
    Reader::new(data).rows()
}
