module github.com/duetime/duetime/examples/compare

go 1.26.0

require (
	github.com/bobadilla-tech/business-days-calculator v1.1.0
	github.com/duetime/duetime v0.0.0
	github.com/prometheus/alertmanager v0.34.2
	github.com/rickar/cal v1.0.5
	github.com/rickar/cal/v2 v2.1.31
	github.com/stretchr/testify v1.12.1
)

require (
	github.com/bobadilla-tech/holidays-per-country v1.0.1 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	gopkg.in/yaml.v2 v2.4.0 // indirect
)

replace github.com/duetime/duetime => ../..
