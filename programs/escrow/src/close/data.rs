use rules::bytes::Reader;
use rules::refusal::Refusal;

/// The lines whose payees have not claimed what they earned for so long that it returns.
pub fn parse(data: &[u8]) -> Result<&[[u8; 1]], Refusal> {
    Reader::new(data).rows()
}
