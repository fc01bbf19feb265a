//! What anybody may ask of an escrow, each with what it moves.
use super::{World, DAY};
use crate::chance::Chance;
use rules::escrow::change::{extend, top_up};
use rules::escrow::close::{may_close, Closer};
use rules::escrow::config::Config;
use rules::escrow::dispute::{dispute, resolve};
use rules::escrow::release::release;
use rules::escrow::settle::{settle, Settlement};
use rules::record::Record;

impl World {
    pub fn step(&mut self, chance: &mut Chance) {
        let line = chance.below(self.payees.len() as u64 + 1) as usize;
        match chance.below(14) {
            0..=3 => self.settle(chance),
            4 | 5 => self.release(line),
            6 => drop(self.attempt_at(|escrow, now| dispute(escrow, line, now))),
            7 => self.resolve(line, chance),
            8 => self.top_up(line, chance),
            9 => self.extend(chance),
            10 => self.pause_or_go_on(),
            11 => self.close(chance),
            12 if line < self.open.len() => self.open[line] = !self.open[line],
            _ => self.now += [1, 59, DAY, 7 * DAY, 31 * DAY][chance.below(5) as usize],
        }
    }

    fn settle(&mut self, chance: &mut Chance) {
        let now = self.now;
        let mut lines = Vec::new();
        for line in 0..self.payees.len() {
            let mut row = [line as u8; 9];
            row[1..].copy_from_slice(&chance.amount(self.cap / 3).to_le_bytes());
            if chance.below(2) == 0 {
                lines.push(row);
            }
        }
        self.roots += 1;
        let mut root = [0; 32];
        root[..8].copy_from_slice(&self.roots.to_le_bytes());
        let (last, skewed) = (chance.below(40) == 0, chance.below(20) == 0);
        let outcome = self.attempt(|escrow, config| {
            let sequence = escrow.head.sequence + skewed as u64;
            let deadline = escrow.settle_deadline(config.paused_total);
            let asked = Settlement { sequence, receipt_root: &root, last, lines: &lines };
            settle(escrow, config, &asked, now)?;
            assert!(now <= deadline && now <= escrow.head.expiry && config.paused_at == 0 && !skewed);
            Ok(())
        });
        if outcome.is_ok() {
            let ends = now + self.escrow().head.window as i64;
            for row in lines {
                self.earnings.push((row[0] as usize, u64::from_le_bytes(row[1..].try_into().unwrap()), ends));
            }
        }
    }

    pub fn release(&mut self, line: usize) {
        if !self.open.get(line).copied().unwrap_or(true) {
            return;
        }
        if let Ok(payment) = self.attempt_at(|escrow, now| release(escrow, line, now)) {
            self.vault =
                self.vault.checked_sub(payment.to_payee + payment.fee).expect("the vault covers what is released");
            self.payees[line] += payment.to_payee;
            self.house += payment.fee;
            let now = self.now;
            let ripe = self.earnings.iter().filter(|(of, _, ends)| *of == line && *ends <= now);
            let ripe: u64 = ripe.map(|(_, amount, _)| amount).sum();
            assert!(self.escrow().payees[line].paid <= ripe, "nothing is paid inside its window");
        }
    }

    fn resolve(&mut self, line: usize, chance: &mut Chance) {
        let to_payee = chance.amount(self.cap / 4);
        if let Ok(back) = self.attempt_at(|escrow, now| resolve(escrow, line, to_payee, now)) {
            self.given_back[line] += back;
            // What the arbiter left to the payee is payable at once.
            let now = self.now;
            self.earnings.iter_mut().filter(|(of, ..)| *of == line).for_each(|(_, _, ends)| *ends = now.min(*ends));
        }
    }

    fn top_up(&mut self, line: usize, chance: &mut Chance) {
        let amount = chance.amount(1_000);
        let mut raise = [line as u8; 9];
        raise[1..].copy_from_slice(&chance.below(amount.max(1)).to_le_bytes());
        if self.attempt_at(|escrow, now| top_up(escrow, amount, &[raise], now)).is_ok() {
            match self.payer.checked_sub(amount) {
                Some(rest) => {
                    (self.payer, self.vault, self.cap) = (rest, self.vault + amount, self.cap + amount);
                }
                // The token program refuses the transfer, and with it everything is undone.
                None => {
                    let escrow = self.escrow();
                    escrow.head.cap -= amount;
                    let more = u64::from_le_bytes(raise[1..].try_into().unwrap());
                    escrow.payees[line].cap -= more;
                }
            }
        }
    }

    fn extend(&mut self, chance: &mut Chance) {
        let (more, later) = (chance.below(9 * DAY as u64) as i64, chance.below(9 * DAY as u64) as i64);
        let _ = self.attempt_at(|escrow, now| {
            let (settle_by, expiry) = (escrow.head.settle_by, escrow.head.expiry);
            extend(escrow, settle_by + more - DAY, expiry + later - DAY, now)?;
            assert!(escrow.head.settle_by >= settle_by && escrow.head.expiry >= expiry);
            Ok(())
        });
    }

    fn pause_or_go_on(&mut self) {
        let now = self.now;
        let config = Config::over(self.config.all()).unwrap();
        if config.pause(now).is_err() {
            config.unpause(now).unwrap();
        }
    }

    fn close(&mut self, chance: &mut Chance) {
        let closer = if chance.below(4) == 0 { Closer::PayerAndSettler } else { Closer::Anyone };
        if self.attempt_at(|escrow, now| may_close(escrow, closer, now)).is_ok() {
            self.finish();
        }
    }
}
