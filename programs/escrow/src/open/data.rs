use rules::bytes::Reader;
use rules::escrow::open::Terms;
use rules::refusal::Refusal;

pub fn parse(data: &[u8]) -> Result<Terms<'_>, Refusal> {
    let mut reader = Reader::new(data);
    Ok(Terms {
        run: reader.take()?,
        plan_hash: reader.take()?,
        settler: reader.take()?,
        arbiter: reader.take()?,
        fee_account: reader.take()?,
        cap: reader.amount()?,
        fee_bps: reader.short()?,
        window: reader.word()?,
        settle_by: reader.time()?,
        expiry: reader.time()?,
        payees: reader.rows()?,
    })
}
