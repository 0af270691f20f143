module github.com/duetime/duetime

go 1.26
