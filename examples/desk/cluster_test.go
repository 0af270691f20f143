package main

import (
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// cluster is a PostgreSQL server of a test's own, on loopback.
type cluster struct {
	t           *testing.T
	folder, bin string
	port        int
	runAs       *syscall.Credential
}

// newCluster starts a server. It skips the test if there is none on the machine.
func newCluster(t *testing.T) *cluster {
	c := &cluster{t: t, port: freePort(t)}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if path, err := exec.LookPath("initdb"); err == nil {
		found = append(found, path)
	}
	if len(found) == 0 {
		t.Skip("there is no PostgreSQL on this machine")
	}
	c.bin = filepath.Dir(found[0])
	var err error
	c.folder, err = os.MkdirTemp("", "desk-postgres")
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(c.folder) })
	if os.Geteuid() == 0 { // PostgreSQL does not run as root
		u, err := user.Lookup("postgres")
		require.NoError(t, err)
		uid, err := strconv.Atoi(u.Uid)
		require.NoError(t, err)
		gid, err := strconv.Atoi(u.Gid)
		require.NoError(t, err)
		c.runAs = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		require.NoError(t, os.Chown(c.folder, uid, gid))
	}
	c.run("initdb", "-D", c.data(), "-A", "trust", "-U", "desk", "--no-sync")
	c.start()
	t.Cleanup(func() { c.stop() })
	return c
}

func (c *cluster) data() string { return filepath.Join(c.folder, "data") }

// database makes a database and returns its address.
func (c *cluster) database(name string) string {
	c.run("createdb", "-h", "localhost", "-p", fmt.Sprint(c.port), "-U", "desk", name)
	return fmt.Sprintf("postgres://desk@localhost:%d/%s?pool_max_conns=12", c.port, name)
}

func (c *cluster) start() {
	options := fmt.Sprintf("-p %d -k %s -c listen_addresses=localhost -c max_connections=200", c.port, c.folder)
	c.run("pg_ctl", "-D", c.data(), "-o", options, "-l", filepath.Join(c.folder, "log"), "-w", "start")
}

// stop stops the server at once, as a crash would.
func (c *cluster) stop() { c.run("pg_ctl", "-D", c.data(), "-m", "immediate", "-w", "stop") }

func (c *cluster) run(name string, args ...string) {
	c.t.Helper()
	command := exec.Command(filepath.Join(c.bin, name), args...)
	command.Dir = c.folder
	command.SysProcAttr = &syscall.SysProcAttr{Credential: c.runAs}
	if name == "pg_ctl" {
		require.NoError(c.t, command.Run(), name) // a pipe would stay open as long as the server
		return
	}
	out, err := command.CombinedOutput()
	require.NoError(c.t, err, "%s: %s", name, out)
}

// freePort returns a port that nobody uses, below those that the system gives to others.
func freePort(t *testing.T) int {
	for range 100 {
		port := 20_000 + rand.IntN(10_000)
		if listener, err := net.Listen("tcp", fmt.Sprintf("localhost:%d", port)); err == nil {
			listener.Close()
			return port
		}
	}
	require.Fail(t, "no free port")
	return 0
}
