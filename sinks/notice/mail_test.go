package notice

import (
	"encoding/base64"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"samkraft/pipeline"
)

// office is an environment that names a mail server, changed by pairs.
func office(changes ...string) map[string]string {
	all := map[string]string{"SAMKRAFT_SMTP_HOST": "mail.example.org", "SAMKRAFT_SMTP_USER": "samkraft", "SAMKRAFT_SMTP_PASSWORD": "pa55word with spaces", "SAMKRAFT_SMTP_FROM": "Samkraft <samkraft@example.org>"}
	for i := 0; i < len(changes); i += 2 {
		all[changes[i]] = changes[i+1]
	}
	return all
}

// mailTeller sends through a stand-in.
func mailTeller(t *testing.T, s *standIn, environment map[string]string) *Teller {
	teller := newTeller(t, environment)
	teller.Authorities, teller.dial = s.authority, s.dial
	return teller
}

// TestMail: a mail travels encrypted, once to each, and says what it has to say whatever
// a plan is called.
func TestMail(t *testing.T) {
	for _, kind := range []string{"starttls", "tls"} {
		t.Run(kind, func(t *testing.T) {
			s := newStandIn(t, "mail.example.org")
			s.implied = kind == "tls"
			teller := mailTeller(t, s, office("SAMKRAFT_SMTP_TLS", kind))
			p := planWith(pipeline.Notice{Mail: []string{"anna@example.org", "bo@example.org"}, Lang: "da"})
			p.Name.DA = "Køge Bugt\r\nBcc: all@example.org\r\n\r\nSend money"
			reports := failure(p)
			reports[0].Outcome.Problems = []string{"column \"x\r\n.\r\nMAIL FROM:<evil@example.org>\": \x1b[31mred\u202e"}
			for _, r := range teller.Tell(t.Context(), []pipeline.Plan{p}, reports) {
				if r.Fault != "" {
					t.Fatal(r.Fault)
				}
			}
			_, letters := s.said()
			if len(letters) != 2 {
				t.Fatalf("%d letters: %v", len(letters), letters)
			}
			for _, l := range letters {
				if !l.encrypted || l.user != "|samkraft|pa55word with spaces" || !strings.HasPrefix(l.from, "FROM:<samkraft@example.org>") {
					t.Errorf("%+v", l)
				}
				m, err := mail.ReadMessage(strings.NewReader(l.text))
				if err != nil {
					t.Fatal(err)
				}
				if to := m.Header.Get("To"); l.to != "TO:"+to || to != "<anna@example.org>" && to != "<bo@example.org>" || m.Header.Get("Bcc") != "" {
					t.Errorf("to %s, head %v", l.to, m.Header)
				}
				subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
				if err != nil || subject != "Samkraft: Køge Bugt Bcc: all@example.org Send money: ikke udgivet" {
					t.Errorf("%q %v", subject, err)
				}
				if id := m.Header.Get("Message-ID"); !strings.HasSuffix(id, "@example.org>") || m.Header.Get("Auto-Submitted") != "auto-generated" || m.Header.Get("Date") == "" {
					t.Errorf("%v", m.Header)
				}
				text, err := io.ReadAll(quotedprintable.NewReader(m.Body))
				if err != nil || !strings.Contains(string(text), "- column \"x . MAIL FROM:<evil@example.org>\": [31mred\r\n") {
					t.Errorf("%v %q", err, text)
				}
			}
		})
	}
}

// TestMailFaults: what a mail server does wrong is told without the password, and takes
// no longer than the limit.
func TestMailFaults(t *testing.T) {
	encoded := base64.StdEncoding.EncodeToString([]byte("\x00samkraft\x00pa55word with spaces"))
	for _, c := range []struct {
		name    string
		change  func(*standIn)
		office  map[string]string
		want    string
		takes   time.Duration
		letters int
	}{
		{"says nothing", func(s *standIn) { s.answers["greeting"] = "" }, office(), "mail.example.org took no mail within 20s", mailLimit, 0},
		{"stops in the middle", func(s *standIn) { s.answers["RCPT"] = "" }, office(), "mail.example.org took no mail within 20s", mailLimit, 0},
		{"is silent about the end", func(s *standIn) { s.answers["DATA"] = "" }, office(), "mail.example.org took no mail within 20s", mailLimit, 1},
		{"no good-bye", func(s *standIn) { s.answers["QUIT"] = "" }, office(), "", mailLimit, 1},
		{"no STARTTLS", func(s *standIn) { s.noTLS = true }, office(), "STARTTLS", 0, 0},
		{"another host's certificate", nil, office("SAMKRAFT_SMTP_HOST", "smtp.example.org"), "certificate is valid for mail.example.org, not smtp.example.org", 0, 0},
		{"wrong password", func(s *standIn) { s.answers["AUTH"] = "535 5.7.8 %s is wrong, pa55word with spaces" }, office(), "535 \"5.7.8 PLAIN *** is wrong, ***\"", 0, 0},
		{"unknown recipient", func(s *standIn) { s.answers["RCPT"] = "550 5.1.1 nobody here" }, office(), "550 \"5.1.1 nobody here\"", 0, 0},
		{"asked to be unencrypted", func(s *standIn) { s.noTLS = true }, office("SAMKRAFT_SMTP_TLS", "none", "SAMKRAFT_SMTP_USER", ""), "", 0, 1},
		{"a password unencrypted", nil, office("SAMKRAFT_SMTP_TLS", "none"), "a password is not sent unencrypted", 0, 0},
		{"no server", nil, office("SAMKRAFT_SMTP_HOST", ""), "SAMKRAFT_SMTP_HOST or SAMKRAFT_SMTP_FROM is not set", 0, 0},
		{"no sender", nil, office("SAMKRAFT_SMTP_FROM", "samkraft"), "SAMKRAFT_SMTP_FROM is no e-mail address", 0, 0},
		{"no port", nil, office("SAMKRAFT_SMTP_PORT", "smtp"), "expected a number such as 587", 0, 0},
		{"no such encryption", nil, office("SAMKRAFT_SMTP_TLS", "yes"), "expected starttls, tls or none", 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStandIn(t, "mail.example.org")
				if c.change != nil {
					c.change(s)
				}
				teller := mailTeller(t, s, c.office)
				p := planWith(pipeline.Notice{Mail: []string{"anna@example.org"}})
				begun := time.Now()
				results := teller.Tell(t.Context(), []pipeline.Plan{p}, failure(p))
				if took := time.Since(begun); took != c.takes {
					t.Errorf("took %s, want %s", took, c.takes)
				}
				tellsNo(t, teller, results, "pa55", encoded)
				fault := results[0].Fault
				if (fault == "") != (c.want == "") || !strings.Contains(fault, c.want) || strings.ContainsAny(fault, "\r\n") {
					t.Errorf("%q, want %q", fault, c.want)
				}
				commands, letters := s.said()
				if len(letters) != c.letters {
					t.Errorf("%d letters", len(letters))
				}
				for _, command := range commands {
					if strings.HasPrefix(command, "AUTH") && s.noTLS {
						t.Errorf("unencrypted: %s", command)
					}
				}
			})
		})
	}
}
