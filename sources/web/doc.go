// Package web carries requests to publishers, for every source: it waits for its
// turn, tries again what may pass, asks whether anything has changed, unpacks what
// comes and bounds it, and says what went wrong without saying a secret. It knows no
// publisher's dialect.
//
// No more requests reach a host or a data set in any window of time than its limits
// allow, retries and redirects included. A request counts until a window after its
// answer has begun, because nobody here knows when within that time it arrived.
// Services of one host are counted together, under the limits of all of them.
//
// Every request has a connection of its own over HTTP/1.1: on one that is kept open,
// net/http sends a request again by itself where the connection breaks, unseen by the
// limits. At the pace that publishers allow, keeping connections gains nothing.
//
// What a run waits for passes through a Clock. The time-outs of an exchange measure
// the network and use timers.
package web
