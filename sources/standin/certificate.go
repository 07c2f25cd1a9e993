package standin

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"time"
)

// Certificate is what a server with TLS shows.
type Certificate string

const (
	Trusted    Certificate = "trusted"    // for this machine, signed by the server's authority
	OtherName  Certificate = "other name" // signed as well, for somebody else
	SelfSigned Certificate = "self-signed"
	Expired    Certificate = "expired"
)

// Certificates are valid at any time that a clock of a test may show.
var validFrom, validTo = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2190, 1, 1, 0, 0, 0, 0, time.UTC)

// make returns the certificate and the one of the authority, as PEM.
func (c Certificate) make() (tls.Certificate, []byte, error) {
	authority := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Stand-in authority"}, NotBefore: validFrom, NotAfter: validTo,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	shown := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "Stand-in"}, NotBefore: validFrom, NotAfter: validTo,
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	authorityKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	parent, parentKey := authority, authorityKey
	switch c {
	case OtherName:
		shown.DNSNames, shown.IPAddresses = []string{"somebody-else.example"}, []net.IP{net.IPv4(192, 0, 2, 1)}
	case SelfSigned:
		parent, parentKey = shown, key
	case Expired:
		shown.NotAfter = validFrom.AddDate(1, 0, 0)
	}
	root, err := x509.CreateCertificate(rand.Reader, authority, authority, authorityKey.Public(), authorityKey)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	leaf, err := x509.CreateCertificate(rand.Reader, shown, parent, key.Public(), parentKey)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	return tls.Certificate{Certificate: [][]byte{leaf}, PrivateKey: key}, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: root}), nil
}
