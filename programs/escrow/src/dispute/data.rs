use rules::bytes::Reader;
use rules::refusal::Refusal;

/// The lines that the payer disputes.
pub fn parse(data: &[u8]) -> Result<&[[u8; 1]], Refusal> {
    match Reader::new(data).rows()? {
        [] => Err(Refusal::DataMalformed),
        lines => Ok(lines),
    }
}
