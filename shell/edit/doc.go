// Package edit is the line editor as a pure model: keys go in, text and
// frames come out, and nothing here reads, writes, waits or knows a
// terminal. Package term feeds it and draws what it shows.
//
//	bytes ─Decoder→ Key ─Model.Update→ text, cursor ─Model.View→ Frame
//
// The parts, one file each: keys and how bytes spell them (key.go, decode.go,
// csi.go), the text with its cursor (text.go), what is killed and undone (kill.go,
// undo.go), recall and search over history (recall.go, search.go), the key
// table (model.go, bind.go), and what the user sees (frame.go, row.go, prompt.go, width.go).
package edit
