// Package standin is a publisher that stands in for the real ones: a server on
// this machine that speaks a publisher's dialect, keeps a log of what it was
// asked, knows what a polite client may ask, and fails in all the ways in which
// publishers fail when it is told to.
//
//	server, err := standin.Listen(standin.NewEnergiDataService(...), standin.Options{Clock: clock})
//	defer server.Close()
//	server.Next(2, "/dataset/", standin.Fail(503, standin.Silent, 0))
//	... a client asks at server.Address() ...
//	server.Excess() // every window with more requests than the publisher allows
//
// A dialect is written from what is known about the service and not from the
// client that reads it: where both err in the same way, nobody notices. It
// generates its figures or holds fixtures, writes bodies as streams, and knows
// nothing of faults but the twists that only it can do, such as another name for
// a column.
package standin
