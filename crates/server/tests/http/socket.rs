//! The server on a real socket, stopped while it works.

use crate::app::{TestApp, id, person, record};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

/// No test waits longer, whatever goes wrong.
const LIMIT: Duration = Duration::from_secs(60);

#[tokio::test]
async fn a_server_that_is_stopped_finishes_what_it_accepted() {
    tokio::time::timeout(LIMIT, async {
        let app = TestApp::new();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let shutdown = async {
            let _ = stopped.await;
        };
        let server = zhiqing_server::serve(listener, app.router.clone(), shutdown);
        let server = tokio::spawn(server);

        // An idle connection does not keep the server.
        let mut idle = TcpStream::connect(address).await.unwrap();
        let request = format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\n\r\n");
        idle.write_all(request.as_bytes()).await.unwrap();
        let mut first = [0; 12];
        idle.read_exact(&mut first).await.unwrap();
        assert_eq!(&first, b"HTTP/1.1 200");

        let body = record(&app.notice, 1).to_string();
        let head = format!(
            "POST /v1/consents HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\n\
             Authorization: Bearer {}\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n",
            person().bearer(),
            body.len(),
        );
        let mut client = TcpStream::connect(address).await.unwrap();
        client.write_all(head.as_bytes()).await.unwrap();
        // The server says that it waits for the content, so it has accepted the request.
        let mut waiting = [0; 25];
        client.read_exact(&mut waiting).await.unwrap();
        assert_eq!(&waiting, b"HTTP/1.1 100 Continue\r\n\r\n");
        let (half, rest) = body.split_at(body.len() / 2);
        client.write_all(half.as_bytes()).await.unwrap();

        stop.send(()).unwrap();
        // The listener is closed once the server heard.
        while TcpStream::connect(address).await.is_ok() {
            tokio::task::yield_now().await;
        }
        client.write_all(rest.as_bytes()).await.unwrap();
        let mut answer = String::new();
        client.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 201 Created\r\n"), "{answer}");
        assert!(answer.contains(&id(1)), "{answer}");
        server.await.unwrap().unwrap();
        assert_eq!(app.kept().await, [id(1)]);
    })
    .await
    .expect("within the limit");
}

#[tokio::test]
async fn a_connection_that_says_nothing_gives_up_its_place() {
    tokio::time::timeout(LIMIT, async {
        let app = TestApp::new();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let connections = zhiqing_server::Connections {
            most: 1,
            head: Duration::from_millis(200),
        };
        let shutdown = async {
            let _ = stopped.await;
        };
        let router = app.router.clone();
        let server = zhiqing_server::serve_with(listener, router, connections, shutdown);
        let server = tokio::spawn(server);

        let ask = "GET /v1/sites/demo/notice HTTP/1.1\r\nHost: a\r\n\r\n";
        // One begins and says no more; one has had its answer and stays; one reads none of its answers.
        for said in [
            "POST /v1/consents HTTP/1.1\r\nHost: ",
            "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
            &ask.repeat(20_000),
        ] {
            let mut silent = TcpStream::connect(address).await.unwrap();
            let write = silent.write_all(said.as_bytes());
            // Where it reads nothing, it is not read from for ever either.
            let _ = tokio::time::timeout(Duration::from_secs(2), write).await;
            // There is one place: this one waits until it is free.
            let mut next = TcpStream::connect(address).await.unwrap();
            let request = "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
            next.write_all(request.as_bytes()).await.unwrap();
            let mut answer = String::new();
            next.read_to_string(&mut answer).await.unwrap();
            assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        }
        stop.send(()).unwrap();
        server.await.unwrap().unwrap();
    })
    .await
    .expect("within the limit");
}
