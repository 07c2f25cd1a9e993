// Package sources holds what the publishers' packages share: reading text, JSON
// and workbooks of every recorded encoding, numbers with a publisher's own
// markers, and errors that name the place. Each publisher has a package below this one;
// package catalogue lists them.
package sources
