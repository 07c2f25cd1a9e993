package costtable_test
import ("testing";"math/rand";"time";"samkraft/transforms/costtable";"samkraft/transforms/coalition")
func TestZZ(t *testing.T){
 for _,n:=range []int{8,10,12,14,16,18,20}{
  for kind:=range 2 {
  rng:=rand.New(rand.NewSource(1))
  values := tabulated(n, func(s coalition.Mask) int64 { if kind==0 {return int64(rng.Intn(1000000))}; return int64(s.Size()*s.Size())*10000+int64(rng.Intn(20000)) })
  content := []byte(file(costtable.Saving, n, values))
  t0:=time.Now()
  table,err:=costtable.Read("x",content,false); if err!=nil{t.Fatal(err)}
  t1:=time.Now()
  a,err:=table.Allocate(nil,""); if err!=nil{t.Error(err);continue}
  t.Log(n,kind,t1.Sub(t0),time.Since(t1), a.Superadditive,len(a.Violations),a.Omitted,a.Verified!=nil&&*a.Verified, a.Reasons)
 }}
}
