package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/riverqueue/river"
	webhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

const (
	alarmRaised    = "alarm.raised"
	alarmWithdrawn = "alarm.withdrawn"
)

// delivery is a message to the receiver, and the arguments of the job that sends it.
type delivery struct {
	Type      string    `json:"type"`
	Ticket    string    `json:"ticket"`
	Subject   string    `json:"subject,omitempty"`
	Severity  string    `json:"severity"`
	Metric    string    `json:"metric"`
	Threshold string    `json:"threshold,omitempty"`
	Key       string    `json:"key"`
	Turn      int       `json:"turn"`    // a receiver ignores one that is not above the last of the key
	At        time.Time `json:"at"`      // when the threshold was reached
	Due       time.Time `json:"due"`     // the due time then
	Noticed   time.Time `json:"noticed"` // when the desk saw it
}

// Kind names the job.
func (delivery) Kind() string { return "alarm" }

// id is the same each time that the message is sent, and no other message has it.
func (m delivery) id() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%d", m.Ticket, m.Key, m.Turn))
	return "msg_" + hex.EncodeToString(sum[:16])
}

// sender posts messages to a receiver as Standard Webhooks has it, and marks the alarm in
// the transaction that completes the job. So a message is sent at least once: the receiver
// may see it again if the process dies between the two.
type sender struct {
	river.WorkerDefaults[delivery]
	desk   *desk
	url    string
	secret *webhooks.Webhook
	client *http.Client
}

func newSender(d *desk, s settings) (*sender, error) {
	key, err := webhooks.NewWebhook(s.secret)
	if err != nil || len(s.secret) < len("whsec_")+32 {
		return nil, errors.New("-webhook-secret: want whsec_ and 24 bytes or more in base64, such as whsec_$(openssl rand -base64 24)")
	}
	client := &http.Client{
		Timeout:       s.timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return &sender{desk: d, url: s.webhook, secret: key, client: client}, nil
}

// Work sends one message.
func (s *sender) Work(ctx context.Context, job *river.Job[delivery]) error {
	err := s.send(ctx, job.Args)
	s.desk.metrics.delivered(err)
	if err != nil {
		return err
	}
	return s.desk.store.tx(ctx, func(tx *sql.Tx) error {
		now, err := s.desk.now(ctx, tx)
		if err != nil {
			return err
		}
		m := job.Args
		if _, err := tx.ExecContext(ctx, "UPDATE alarm SET delivered = $4 WHERE ticket = $1 AND key = $2 AND turn = $3", m.Ticket, m.Key, m.Turn, now.UnixNano()); err != nil {
			return err
		}
		return s.desk.store.complete(ctx, tx, job)
	})
}

func (s *sender) send(ctx context.Context, m delivery) error {
	now := time.Now()
	body, err := json.Marshal(map[string]any{"type": m.Type, "timestamp": m.Noticed, "data": m})
	if err != nil {
		return err
	}
	signature, err := s.secret.Sign(m.id(), now, body)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set(webhooks.HeaderWebhookID, m.id())
	request.Header.Set(webhooks.HeaderWebhookTimestamp, fmt.Sprint(now.Unix()))
	request.Header.Set(webhooks.HeaderWebhookSignature, signature)
	response, err := s.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	io.Copy(io.Discard, io.LimitReader(response.Body, 1<<16)) // so that the connection serves again
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return errors.New("the receiver answered " + response.Status)
	}
	return nil
}
