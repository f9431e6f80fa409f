"""A stand-in for EventStoreDB / KurrentDB, for tests and for trying the platform out: it speaks the same protocol, over
real gRPC, as far as the platform needs it. It is no database to keep anything in.

`python -m tests.engines.kurrentdb --port N --data DIR` runs it; `process.Double` runs that for a test; `server.serving`
serves inside the test's own process."""
