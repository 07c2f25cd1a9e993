package pipeline

import "path"

// Used remembers which files of the cache a plan was last made with: models/PLAN.json.
// It is for those who prune; without it a plan is made anew from its sources.
type Used struct {
	Disk FS
}

func (u Used) file(plan string) string { return path.Join("models", plan+".json") }

// Write remembers the names, relative to the workspace and without their endings.
func (u Used) Write(plan string, names []string) error {
	return WriteSealed(u.Disk, u.file(plan), names)
}

// Read returns them, or nothing where they are not known.
func (u Used) Read(plan string) []string {
	var names []string
	if !ReadSealed(u.Disk, u.file(plan), &names) {
		return nil
	}
	return names
}
