use rules::bytes::Reader;
use rules::refusal::Refusal;

/// How much is added, and whose caps rise by how much.
pub fn parse(data: &[u8]) -> Result<(u64, &[[u8; 9]]), Refusal> {
    let mut reader = Reader::new(data);
    Ok((reader.amount()?, reader.rows()?))
}
