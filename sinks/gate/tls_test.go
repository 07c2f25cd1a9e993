package gate_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samkraft/sinks/gate"
)

// certify writes a certificate of this machine with a serial number, and its key.
func certify(t *testing.T, folder string, serial int64) *x509.CertPool {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true}
	certificate, err := x509.CreateCertificate(rand.Reader, about, about, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for name, block := range map[string]*pem.Block{"c.pem": {Type: "CERTIFICATE", Bytes: certificate}, "k.pem": {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(filepath.Join(folder, name), pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	trusted := x509.NewCertPool()
	parsed, err := x509.ParseCertificate(certificate)
	if err != nil {
		t.Fatal(err)
	}
	trusted.AddCert(parsed)
	return trusted
}

// With a certificate the server encrypts, takes passwords from everywhere, and takes up a
// certificate that was renewed.
func TestCertificate(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "access.yaml")
	if err := os.WriteFile(file, []byte("tls: {certificate: c.pem, key: k.pem}\nusers: ["+anna+"]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	read := func() gate.Access {
		a, err := gate.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	trusted := certify(t, folder, 1)
	l, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	g, err := gate.New(read(), gate.Options{Address: l.Addr().(*net.TCPAddr), Clock: time.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	server, behind := g.Server(&behind{}), make(chan error, 1)
	go func() { behind <- server.Serve(g.Listener(l)) }()
	defer func() { server.Close(); <-behind }()

	ask := func(scheme string, trusted *x509.CertPool) (*http.Response, error) {
		client := http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: trusted, ServerName: "localhost"}}}
		r, err := http.NewRequest("GET", scheme+"://"+l.Addr().String()+"/south/", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = "localhost"
		r.SetBasicAuth("anna", "correct horse")
		return client.Do(r)
	}
	a, err := ask("https", trusted)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(a.Body)
	a.Body.Close()
	if err != nil || a.StatusCode != 200 || !strings.HasPrefix(string(text), "anna asks for /south/") || a.Header.Get("Strict-Transport-Security") == "" || a.TLS.Version < tls.VersionTLS12 {
		t.Errorf("%d %v %s", a.StatusCode, a.Header, text)
	}
	if a, err := ask("http", trusted); err == nil && a.StatusCode != http.StatusBadRequest {
		t.Errorf("unencrypted: %d", a.StatusCode)
	}
	renewed := certify(t, folder, 2)
	if err := g.Replace(read()); err != nil {
		t.Fatal(err)
	}
	if a, err = ask("https", renewed); err != nil || a.TLS.PeerCertificates[0].SerialNumber.Int64() != 2 {
		t.Errorf("%v", err)
	}
}
