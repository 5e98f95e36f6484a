//! Thousands of attacks on a real server: none is accepted, none ends it, and those who are honest
//! are served meanwhile.
//!
//! Each attack is drawn from a seed of its own, and a failure prints it. `ZHIQING_SEED` draws others,
//! `ZHIQING_ATTACKS` more of them.

mod attack;
mod families;
mod house;
mod process;
mod wire;

use families::FAMILIES;
use fastrand::Rng;
use house::{House, Kept};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// No test waits longer, whatever goes wrong.
const LIMIT: Duration = Duration::from_secs(300);
/// Unless the environment says another.
const SEED: u64 = 20_261_121;
/// Likewise.
const ATTACKS: u64 = 5_200;
/// As many attack at once.
const ATTACKERS: u64 = 8;
/// After so many of an attacker's own, somebody honest comes.
const HONEST_EVERY: u64 = 25;
/// By how much the process may grow between the middle and the end of the attacks, in bytes. The
/// allocator keeps what it once got, so the first half is where it settles.
const GROWTH: usize = 24 * 1024 * 1024;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_attack_is_accepted_and_none_ends_the_server() {
    tokio::time::timeout(LIMIT, attacked())
        .await
        .expect("in time");
}

async fn attacked() {
    let (seed, count) = (
        number("ZHIQING_SEED", SEED),
        number("ZHIQING_ATTACKS", ATTACKS),
    );
    println!(
        "seed {seed}, {count} attacks in {} families",
        FAMILIES.len()
    );
    assert!(FAMILIES.len() >= 25);
    let panics = process::count_panics();
    let house = Arc::new(House::open().await);
    let before = house.kept.len();
    assert_eq!(house.count(), before);

    // They begin a request, and never go on, through all of it.
    let mut idle = Vec::new();
    for _ in 0..16 {
        let mut stream = TcpStream::connect(house.address)
            .await
            .expect("a connection");
        let begun = b"POST /v1/consents HTTP/1.1\r\nHost: demo.example\r\nContent-";
        stream.write_all(begun).await.expect("it is read");
        idle.push(stream);
    }
    let files = process::open_files();

    let half = attack_with(&house, seed, 0..count / 2).await;
    let at_half = process::memory();
    let rest = attack_with(&house, seed, count / 2..count).await;
    let at_end = process::memory();
    let kept: Vec<Kept> = [house.kept.clone(), half, rest].concat();
    println!(
        "memory {at_half:?} B at half, {at_end:?} B at the end; {} honest records",
        kept.len()
    );

    assert_eq!(panics.count(), 0, "nothing panics");
    assert!(kept.len() > before, "the honest were served meanwhile");
    assert_eq!(
        house.count(),
        kept.len(),
        "what the honest sent, and nothing else"
    );
    if let (Some(half), Some(end)) = (at_half, at_end) {
        assert!(end <= half + GROWTH, "{half} B grew to {end} B");
    }
    for kept in &kept {
        house.assert_history(kept).await;
    }
    process::assert_files_are_closed(files).await;
    drop(idle);
    let house = Arc::into_inner(house).expect("all attackers have ended");
    house.close().await;
    assert_eq!(panics.count(), 0, "nor at the end");
}

/// Runs the attacks of these numbers, and gives what was honestly kept meanwhile.
async fn attack_with(house: &Arc<House>, seed: u64, numbers: std::ops::Range<u64>) -> Vec<Kept> {
    let mut attackers = JoinSet::new();
    for attacker in 0..ATTACKERS {
        let (house, numbers) = (Arc::clone(house), numbers.clone());
        attackers.spawn(async move {
            let (mut kept, mut tally) = (Vec::new(), BTreeMap::<_, u64>::new());
            for number in numbers.filter(|number| number % ATTACKERS == attacker) {
                let mut rng = Rng::with_seed(seed.wrapping_mul(0x9e37_79b9).wrapping_add(number));
                let family = number as usize % FAMILIES.len();
                let (name, draw) = FAMILIES[family];
                let attack = draw(&house, &mut rng);
                if let Err(why) = attack.run(&house).await {
                    panic!("{name}, seed {seed}, attack {number}: {why}");
                }
                *tally.entry(name).or_default() += 1;
                if (number / ATTACKERS).is_multiple_of(HONEST_EVERY) {
                    kept.push(house.honest(&mut rng).await);
                }
            }
            (kept, tally)
        });
    }
    let (mut all, mut tally) = (Vec::new(), BTreeMap::<_, u64>::new());
    for (kept, ran) in attackers.join_all().await {
        all.extend(kept);
        for (name, count) in ran {
            *tally.entry(name).or_default() += count;
        }
    }
    for (name, _) in FAMILIES {
        assert!(tally.contains_key(name), "{name} was never drawn");
    }
    all
}

fn number(name: &str, usual: u64) -> u64 {
    let said = std::env::var(name).ok();
    said.map_or(usual, |text| text.parse().expect("a number"))
}
