use rules::bytes::Reader;
use rules::escrow::settle::Settlement;
use rules::refusal::Refusal;

#[inline(always)]
pub fn parse(data: &[u8]) -> Result<Settlement<'_>, Refusal> {
    let mut reader = Reader::new(data);
    Ok(Settlement {
        sequence: reader.amount()?,
        receipt_root: reader.take()?,
        last: reader.flag()?,
        lines: reader.rows()?,
    })
}
