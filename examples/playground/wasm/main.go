//go:build js && wasm

// Wasm is the playground's page in the browser: the library itself, and a function that
// takes a question and returns the page with its answer.
package main

import (
	"context"
	"strings"
	"syscall/js"
	"time"
	_ "time/tzdata" // a browser has none that Go can read

	"github.com/duetime/duetime/examples/playground/page"
)

func main() {
	js.Global().Set("duetime", map[string]any{
		"page":      js.FuncOf(func(_ js.Value, args []js.Value) any { return write(args) }),
		"countdown": js.FuncOf(func(_ js.Value, args []js.Value) any { return left(args) }),
		"moved": js.FuncOf(func(_ js.Value, args []js.Value) any {
			return page.Moved(args[0].String(), args[1].String(), args[2].String())
		}),
		"wall": js.FuncOf(func(_ js.Value, args []js.Value) any {
			return page.Wall(time.UnixMilli(int64(args[0].Float())), args[1].String())
		}),
	})
	select {}
}

// question reads the first argument, an address's question.
func question(args []js.Value) page.Question { return page.Parse(args[0].String()) }

// now reads the second, the time in milliseconds.
func now(args []js.Value) time.Time { return time.UnixMilli(int64(args[1].Float())) }

var (
	asked     string // the last question that a countdown was asked for
	countdown func(now time.Time) string
)

func left(args []js.Value) any {
	if text := args[0].String(); countdown == nil || text != asked {
		asked, countdown = text, page.Countdown(question(args), now(args))
	}
	return countdown(now(args))
}

func write(args []js.Value) any {
	var b strings.Builder
	if err := page.Write(context.Background(), &b, question(args), now(args), args[2].Int()); err != nil {
		return err.Error()
	}
	return b.String()
}
