package sla

// Basis says where a term is from, so that a promise can be told from an inference.
type Basis string

const (
	// BasisCustom marks the terms of your own catalog. "" stands for it.
	BasisCustom Basis = "custom"
	// BasisPublished says that the publisher states the figure for just this case.
	BasisPublished Basis = "published"
	// BasisAdopted says that the publisher is silent on this case, and that the figure is
	// the one of a neighbouring case, which Term.Source names.
	BasisAdopted Basis = "adopted"
)

func (b Basis) check() error {
	return oneOf("basis", b, BasisCustom, BasisPublished, BasisAdopted)
}
