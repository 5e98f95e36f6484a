//! The content of a request, within limits of size and of time.
//!
//! The head has a limit of its own ([`Connections`](crate::Connections)); after it hyper waits for ever. A client
//! that sends its content a byte at a time, or not at all, would hold one of the server's connections.

use axum::body::{Body, Bytes, HttpBody};
use http_body_util::BodyExt;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// How long nothing may come: what the slowest network needs to send a packet again.
const SILENCE: Duration = Duration::from_secs(30);

/// How long all of it may take: 256 KB at 2 KB a second.
const WHOLE: Duration = Duration::from_secs(120);

/// How much of what is too large is read and thrown away. Closing at once would reset the
/// connection under a client that is still writing, and it would never read why.
const DRAINED: usize = 4 * 1024 * 1024;

/// Why there is no content.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It is larger than the limit.
    TooLarge,
    /// The connection broke, or its framing is wrong.
    Broken,
    /// Nothing more came for so many seconds, or all of it did not come within them.
    Slow(u64),
}

/// Reads all of a request's content, `most` bytes at most.
pub(crate) async fn read(mut body: Body, most: usize) -> Result<Bytes, Unread> {
    if body.size_hint().lower() > DRAINED as u64 {
        return Err(Unread::TooLarge);
    }
    let end = Instant::now() + WHOLE;
    let (mut kept, mut read) = (Vec::new(), 0);
    loop {
        let silent = Instant::now() + SILENCE;
        let (until, limit) = match silent < end {
            true => (silent, SILENCE),
            false => (end, WHOLE),
        };
        let frame = timeout_at(until, body.frame()).await;
        let Some(frame) = frame.map_err(|_| Unread::Slow(limit.as_secs()))? else {
            break;
        };
        let Ok(data) = frame.map_err(|_| Unread::Broken)?.into_data() else {
            continue;
        };
        read += data.len();
        if read <= most {
            kept.extend_from_slice(&data);
        } else if read > DRAINED {
            break;
        }
    }
    match read <= most {
        true => Ok(kept.into()),
        false => Err(Unread::TooLarge),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;
    use std::pin::Pin;
    use std::task::{Context, Poll};
    use tokio::time::{Interval, interval};

    /// A byte in so many seconds, so many times, and then nothing more.
    struct Drip(Interval, usize);

    impl HttpBody for Drip {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
            if self.1 == 0 || self.0.poll_tick(context).is_pending() {
                return Poll::Pending;
            }
            self.1 -= 1;
            Poll::Ready(Some(Ok(http_body::Frame::data(Bytes::from_static(b"[")))))
        }
    }

    fn drip(seconds: u64, times: usize) -> Body {
        Body::new(Drip(interval(Duration::from_secs(seconds)), times))
    }

    #[tokio::test(start_paused = true)]
    async fn content_that_stops_coming_is_given_up() {
        let began = Instant::now();
        assert_eq!(read(drip(1, 3), 100).await, Err(Unread::Slow(30)));
        assert_eq!(began.elapsed().as_secs(), 32);
    }

    #[tokio::test(start_paused = true)]
    async fn content_that_comes_byte_by_byte_is_given_up() {
        let began = Instant::now();
        assert_eq!(read(drip(20, 1000), 100).await, Err(Unread::Slow(120)));
        assert_eq!(began.elapsed().as_secs(), 120);
    }

    #[tokio::test]
    async fn content_of_the_limit_is_read_and_no_more() {
        let read = async |bytes: usize| read(Body::from(vec![0; bytes]), 100).await;
        assert_eq!(read(100).await.map(|bytes| bytes.len()), Ok(100));
        assert_eq!(read(101).await, Err(Unread::TooLarge));
        assert_eq!(read(DRAINED + 1).await, Err(Unread::TooLarge));
    }
}
