package notice

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"math/big"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// standIn is a mail server of a test: as much of SMTP as a client needs.
type standIn struct {
	certificate tls.Certificate
	authority   *x509.CertPool
	noTLS       bool              // it does not offer STARTTLS
	implied     bool              // it begins with TLS
	answers     map[string]string // by command, in place of the usual; %s is what the command said; "" is silence

	mu       sync.Mutex
	commands []string // before and after TLS, with what they said
	letters  []letter
}

// letter is a mail that was taken.
type letter struct {
	from, to, text string
	encrypted      bool
	user           string
}

func newStandIn(t *testing.T, host string) *standIn {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{host}, NotBefore: time.Unix(0, 0), NotAfter: time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	s := &standIn{certificate: tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, authority: x509.NewCertPool(), answers: map[string]string{}}
	s.authority.AddCert(parsed)
	return s
}

// said returns the commands and letters so far.
func (s *standIn) said() ([]string, []letter) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.commands), slices.Clone(s.letters)
}

// dial connects to the stand-in, whatever the address.
func (s *standIn) dial(context.Context, string, string) (net.Conn, error) {
	client, server := net.Pipe()
	go s.serve(server)
	return client, nil
}

// serve speaks with a client.
func (s *standIn) serve(c net.Conn) {
	defer c.Close() // of the pipe itself: TLS would wait for somebody to hear of it
	encrypted := s.implied
	if s.implied {
		c = tls.Server(c, &tls.Config{Certificates: []tls.Certificate{s.certificate}})
	}
	in := bufio.NewReader(c)
	var l letter
	say := func(text string) { fmt.Fprintf(c, "%s\r\n", text) }
	if !s.answer(c, "greeting", "", "220 mail.example.org") {
		return
	}
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		command, said, _ := strings.Cut(line, " ")
		command = strings.ToUpper(command)
		s.mu.Lock()
		s.commands = append(s.commands, line)
		s.mu.Unlock()
		usual := "250 good"
		switch command {
		case "EHLO":
			usual = "250-mail.example.org\r\n250-AUTH PLAIN LOGIN"
			if !s.noTLS && !encrypted {
				usual += "\r\n250-STARTTLS"
			}
			usual += "\r\n250 8BITMIME"
		case "STARTTLS":
			say("220 go on")
			c = tls.Server(c, &tls.Config{Certificates: []tls.Certificate{s.certificate}})
			in, encrypted = bufio.NewReader(c), true
			continue
		case "AUTH":
			text, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(said, "PLAIN "))
			l.user, usual = strings.ReplaceAll(string(text), "\x00", "|"), "235 good"
		case "MAIL":
			l.from, l.encrypted = said, encrypted
		case "RCPT":
			l.to += said
		case "DATA":
			say("354 go on")
			for {
				line, err := in.ReadString('\n')
				if err != nil {
					return
				}
				if line == ".\r\n" {
					break
				}
				l.text += line
			}
			s.mu.Lock()
			s.letters = append(s.letters, l)
			s.mu.Unlock()
		case "QUIT":
			usual = "221 bye"
		}
		if !s.answer(c, command, said, usual) || command == "QUIT" {
			return
		}
	}
}

// answer says the usual, or what is to be said in its place.
func (s *standIn) answer(c net.Conn, command, said, usual string) bool {
	text, other := s.answers[command]
	switch {
	case !other:
		text = usual
	case text == "":
		// Silence, until the client has had enough.
		c.Read(make([]byte, 1))
		return false
	case strings.Contains(text, "%s"):
		text = fmt.Sprintf(text, said)
	}
	_, err := fmt.Fprintf(c, "%s\r\n", text)
	return err == nil
}
