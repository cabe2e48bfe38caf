// The words out of which a phone makes those that open its pocket book: plain Indonesian, four to seven
// letters, few of them told apart by one letter only. There are 1,024, so that each one is ten bits.

export const WORDS = `
abadi abjad ajak akar akrab aksara alat alpukat amanat ambil ampas ampuh andong anggrek anggur
angkut angsa antar antri anyam anyelir apel apik apung arah arisan arsip arus asin asri atap
atur awas ayam ayun babak bagan bagi bagus bahasa baik baja bakau bakso bakul balai balut bangku
bangun bantal bantu banyak batas batik batu bawang bayam bebas bebek becak beda bedug bekal
belajar belalai belanga bendera benteng bentuk benua berani berkas besar besi besok betah betul
biasa bibit bicara bidang bijak biji bilah bilik bingkai bintang biola bisa bola boleh bonsai
botol buah buaian budaya budi bukit bukti bulat bulu bundar bunga bungkus bunyi burung busur
butir cabai cabang cahaya cair cakap calon campur cangkir cangkul cantik capung cara catat cawan
celana celup cemara cempaka cendana cendol cerdas cerita cermin cicak cincin cipta coba cokelat
contoh corak coret cuaca cukur cumi curah dadu daerah daging dahulu daki danau dandan dangkal
dapur darat datang datar daun delapan delima denah dengar depan deras deret derma desa dewasa
dinding dingin diri dodol dokar dongeng duduk duku dunia durian duta duyung ejaan ekor elang
emas ember embun empat empuk enam encer endapan engsel entas erat esok fakta gabus galah gali
gambus gamelan gampang gandum ganti gapura garam gardu garis garuda gasing gaya gayung gedung
gelang gelap gelora gema gembira gempita gendang gentong gerimis gerobak geser gigi giling
girang gitar gudang gugus gula gulai gunting gunung gurami habis hadiah hadir hafal halaman
halus hambar hampir handuk hangat harap hasil helai hemat hewan hias hibah hidup hijau hikmah
hilir hitam hitung huma huni hutan ibarat ikat iklim ikrar ilalang ilham ilmu imbang impian
inang indah induk ingat ingin inti irama iris istana itik jabat jadwal jagung jahe jahit jajan
jalak jalur jambu jamin jamu jangkar janji jantung jaring jarum jasa jati jauh jawab jejak jelas
jemput jemur jendela jernih jeruk jinak jingga jinjing jitu joget joglo jual judul jumpa jurang
juru kabar kabel kabut kaca kacang kado kagum kakak kalung kambing kamera kampung kamus kanan
kandang kandil kantong kantor kapal kapuk karet kartu karya kasih kasur kawat kayu kayuh kebaya
kebun kecap kecil kecipir kedai kedelai kedip kejar kejora kelapa kelola keluar kemas kembar
kemiri kemudi kenal kenanga kendi kental kentang kerabat kereta kering keris kerja kertas ketan
ketela ketuk khas kijang kilau kincir kini kios kirim kodok kolam kompas kopi koran kota kotak
kuali kubis kudapan kukus kulit kumbang kumpul kunci kuning kunjung kupas kupu kura kurma kursi
kutip kutub lada lahan lalap lalu lambai lampau lampion langgam langit langkah langsat lanjut
lantang lapang larik larut latih laut layar lebat lega leher lemari lembah lembut lemon lempung
lengan lengkap lentera lepas lereng lesung letak lidah lidi lilin lima limau lincah lipat lisan
listrik loket lolos lomba loncat lonceng lontar lorong loteng loyang luar lubuk lucu luhur lukis
lumbung lumpang lunak lurus lusin lutut magang mahir main maju makan makna malam mampu mandi
mandor manggis mangkuk manis mantap marga masuk mata mawas meja mekar melati melon menara
mendung merdu merpati mesin mesra mewah mimpi minggu minum minyak mirip mitra mobil modal muara
muat muda mudah mujair mujur mukim mulia mulut mundur mungil murni musik mutiara mutu nampan
nanas nasi naskah naung nektar nelayan nenek niat nila nilai nipah nomor nusa nyaman nyanyi
nyaring nyata nyiur obor obrol odol ojek oleh ombak omong ongkos optik orang orkes otot pabrik
padat padi pagar paham pajang pakai paket paku pala palem pamit pancar panci pancing pandai
pandu pangan pangkas panjang panjat pantun panutan papan parit paruh pasir pasta patung paus
pawai pecel pedal pedas pegang pelan pelangi pelita peluk pena pendek pendopo penuh penyu pepaya
perahu perak pergi periksa periuk perlu permata pernah pesan peserta pesisir pesona pesta peti
petik pijar pikir pikul pilih pinang pindah pinggir pintar pintu pipi piring pisah pisang pita
plafon pohon pojok pompa pondok poros potong potret pucuk pukat pukul pulang pulas pulau pulpen
puncak pupuk pusaka pusat puspa putar putih putri puyuh rabu racik radio ragam rahang raih rajin
rajut rakit ramai rambat rampai rancang rangka rantau ranting rapat rapi ratus rawa rebab rebana
rebung rekat rela remaja rempah renang rencana renda rendah resep resmi restu ribu rimba rinci
rindang rindu ringan ringkas rintik risalah robot roda rombong ronda rongga rotan roti ruang
ruas rujak rukun rumah rumit rumput rumus rupa rupiah rute sabtu sabuk sadar sagu sahabat sajak
saji saksi saldo salin saling saluran sama samar sambal sambung sambut sampai sampul sandal
sandar sanggar sanggul sanjung santai santun sapu saran sarung sasana satin sawah sawo sayang
sayap sayur sedap sedia segar segel sejarah sejuk sekam sekolah sekop selada selamat selasa
selasih selat selatan seledri selesai semai sembuh semi sempit semut sendok seni senja sensus
senter sentosa senyum sepak sepakat sepatu sepeda serabi serai serasi serok serut setir siaga
siang siap siaran sibuk sikap sikat siku silang simak simpan simpul sinar singgah singkat sirih
sirsak sirup sisik sisir siswa siul soal sohib sokong solek sopan sopir sore soto spanduk
stasiun suasana subur sudut suhu suka sulam suling suluh sumber sumbu sumur sungai suntik supel
surat suri surya susu susun sutra swadaya syair syukur tabah tabir tabung tabur tahu tahun tajam
taksi talas talenta tambah tambak tambang tambur tanam tangan tangga tangkai tanjung tanya tapak
tapis tari taruh tasik tawa tawar tebal tebar tebing tebu teduh tegak teguh tekad teko tekun
teladan telaga telinga telur teman tembaga tembok tempat tempe tempuh temu tenaga tengah tenis
tentram tenun tepat tepi tepung terang terap terbang terbit terima terong terus tetap tetes
tiang tiba tidur tikar tiket tikung timba timbang timun tinggal tinggi tinta tirai tiram tiru
titik titip tiup toko tokoh tolong tomat tombol tonjol topan tradisi truk tuas tugas tugu tujuan
tujuh tukang tukar tulip tulus tumbuh tumis tumpeng tunas tunda tunggu tungku tuntun tupai turun
turut tutup tutur ubah ucap udang udara ujar ujian ujung ukir ulam ulet uluran umum umur undang
unggas unggul ungkap ungu unik unjuk unta untai untung upacara upah upaya urai urut usaha usang
usia usul utama utas utuh vanili vespa violet vokal wadah wajar wajik wakil waktu walet wangi
warisan warna warta warung wawasan wayang wedang wening wibawa widuri wijen wilayah wiru wisata
wisma wortel wujud yakin yoga zaitun zaman zamrud zona
`
  .trim()
  .split(/\s+/);
