package notice

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"samkraft/pipeline"
)

// mailLimit is how long sending a mail may take, all in all.
const mailLimit = 20 * time.Second

// postOffice is the server that takes mail, as the environment says.
type postOffice struct {
	host, user, password, from, tls string
	port                            int
}

// How the connection to it is encrypted.
const (
	startTLS    = "starttls" // after the greeting, and required
	impliedTLS  = "tls"      // from the beginning
	unencrypted = "none"
)

// postOffice looks it up.
func (t *Teller) postOffice() (postOffice, error) {
	var p postOffice
	var port string
	for _, v := range []struct {
		name  string
		value *string
	}{
		{"SAMKRAFT_SMTP_HOST", &p.host}, {"SAMKRAFT_SMTP_PORT", &port}, {"SAMKRAFT_SMTP_USER", &p.user}, {"SAMKRAFT_SMTP_PASSWORD", &p.password},
		{"SAMKRAFT_SMTP_FROM", &p.from}, {"SAMKRAFT_SMTP_TLS", &p.tls},
	} {
		var err error
		if *v.value, err = t.Lookup(v.name); err != nil {
			return p, err
		}
	}
	if p.host == "" || p.from == "" {
		return p, errors.New("SAMKRAFT_SMTP_HOST or SAMKRAFT_SMTP_FROM is not set; expected the mail server and the sender's address in the environment")
	}
	p.tls = cmp.Or(p.tls, startTLS)
	usual, known := map[string]string{startTLS: "587", impliedTLS: "465", unencrypted: "25"}[p.tls]
	if !known {
		return p, fmt.Errorf("SAMKRAFT_SMTP_TLS is %.20q; expected starttls, tls or none", p.tls)
	}
	var err error
	if p.port, err = strconv.Atoi(cmp.Or(port, usual)); err != nil || p.port < 1 || p.port > 65535 {
		return p, fmt.Errorf("SAMKRAFT_SMTP_PORT is %.20q; expected a number such as %s", port, usual)
	}
	if p.tls == unencrypted && p.user != "" && !pipeline.IsThisMachine(p.host) {
		return p, errors.New("SAMKRAFT_SMTP_TLS is none and SAMKRAFT_SMTP_USER is set: a password is not sent unencrypted; expected starttls or tls")
	}
	return p, nil
}

// mail sends a message by mail.
func (t *Teller) mail(ctx context.Context, to string, m Message) error {
	p, err := t.postOffice()
	if err != nil {
		return err
	}
	from, err := netmail.ParseAddress(p.from)
	if err != nil {
		return errors.New("SAMKRAFT_SMTP_FROM is no e-mail address; expected one such as samkraft@example.org")
	}
	letter := mail.NewMsg(mail.WithNoDefaultUserAgent())
	letter.FromMailAddress(from)
	if err := letter.To(to); err != nil {
		return err
	}
	letter.Subject(m.Subject)
	letter.SetDateWithValue(m.Time)
	letter.SetMessageIDWithValue(m.ID + from.Address[strings.LastIndex(from.Address, "@"):])
	letter.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no machine answers it
	letter.SetBodyString(mail.TypeTextPlain, m.Text)

	ctx, hangUp := context.WithCancel(ctx)
	defer hangUp()
	client, err := p.client(ctx, t)
	if err == nil {
		err = client.DialAndSendWithContext(ctx, letter)
	}
	switch {
	case err == nil, letter.IsDelivered(): // how the server says goodbye does not matter
		return nil
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return fmt.Errorf("%s took no mail within %s", p.host, mailLimit)
	}
	return discreet(err, p.password, "\x00"+p.user+"\x00"+p.password)
}

// client speaks to a post office for as long as ctx goes on.
func (p postOffice) client(ctx context.Context, t *Teller) (*mail.Client, error) {
	config := &tls.Config{ServerName: p.host, RootCAs: t.Authorities, MinVersion: tls.VersionTLS12}
	dial := t.dial
	if dial == nil {
		dial = (&net.Dialer{}).DialContext
	}
	options := []mail.Option{
		mail.WithPort(p.port), mail.WithTimeout(2 * mailLimit), mail.WithTLSConfig(config), mail.WithTLSPolicy(mail.NoTLS), mail.WithoutNoop(),
		mail.WithDialContextFunc(func(dialing context.Context, network, address string) (net.Conn, error) {
			connection, err := dial(dialing, network, address)
			if err != nil {
				return nil, err
			}
			// The library's own limit is for each step of it.
			context.AfterFunc(ctx, func() { connection.Close() })
			if p.tls == impliedTLS {
				return tls.Client(connection, config), nil
			}
			return connection, nil
		}),
	}
	if p.tls == startTLS {
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if p.user != "" {
		options = append(options, mail.WithUsername(p.user), mail.WithPassword(p.password),
			mail.WithOpportunisticSMTPAuth(mail.SMTPAuthSCRAMSHA256, mail.SMTPAuthSCRAMSHA1, mail.SMTPAuthPlain, mail.SMTPAuthLogin))
	}
	return mail.NewClient(p.host, options...)
}
