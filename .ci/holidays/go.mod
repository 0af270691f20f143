module github.com/duetime/duetime/.ci/holidays

go 1.26

require (
	github.com/duetime/duetime v0.0.0
	github.com/stretchr/testify v1.12.1
)

require (
	github.com/rickar/cal/v2 v2.1.31 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
)

replace github.com/duetime/duetime => ../..
