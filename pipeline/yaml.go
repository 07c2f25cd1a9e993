package pipeline

import (
	"fmt"

	"github.com/goccy/go-yaml"
)

// DecodeYAML reads YAML strictly: a key that the value does not have is an error. So is
// text at which the library would panic, such as a list that is tagged as something else.
func DecodeYAML(text []byte, into any) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("the text is no YAML that can be read: %v", fault)
		}
	}()
	return yaml.UnmarshalWithOptions(text, into, yaml.Strict())
}
