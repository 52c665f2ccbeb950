//! C and its nearest kin: C++, Objective-C, HLSL, IDL.

use crate::highlight::class::Class::{Function, Keyword, Literal, Meta, String, Type};
use crate::highlight::grammar::{C_LIKE, Grammar, Quote};
use crate::highlight::lexers::code::Lexer;
use crate::highlight::scanner::{is_blank, is_word};

const TYPES: &str = "bool char double float int long short signed unsigned void size_t ptrdiff_t wchar_t char16_t char32_t \
    int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t intptr_t uintptr_t FILE va_list time_t \
    BOOL BOOLEAN BYTE CHAR DWORD DWORD64 DWORD_PTR DOUBLE FLOAT GUID HANDLE HBITMAP HBRUSH HDC HFONT HICON HINSTANCE \
    HKEY HMENU HMODULE HRESULT HWND INT INT32 INT64 INT_PTR LONG LONGLONG LONG_PTR LPARAM LPBYTE LPCSTR LPCTSTR LPCWSTR \
    LPDWORD LPSTR LPTSTR LPVOID LPWSTR LRESULT NTSTATUS PBYTE PCSTR PCWSTR PDWORD PHANDLE PLONG PSTR PULONG PVOID PWSTR \
    SHORT SIZE_T TCHAR UCHAR UINT UINT32 UINT64 UINT_PTR ULONG ULONGLONG ULONG_PTR USHORT VOID WCHAR WORD WPARAM BSTR \
    VARIANT IUnknown REFIID REFCLSID";

const C_KEYWORDS: &str = "auto break case const continue default do else enum extern for goto if inline register restrict \
    return sizeof static struct switch typedef union volatile while _Alignas _Alignof _Atomic _Generic _Noreturn \
    _Static_assert _Thread_local __declspec __stdcall __cdecl __fastcall __try __except __finally __leave __inline \
    __forceinline __int64 __int32 _In_ _Out_ _Inout_ _In_opt_ _Out_opt_ WINAPI CALLBACK APIENTRY";

/// C.
pub static C: Grammar = Grammar {
    words: &[(Keyword, C_KEYWORDS), (Type, TYPES), (Literal, "NULL TRUE FALSE true false nullptr S_OK E_FAIL S_FALSE")],
    announced: &[(Type, "struct union enum")],
    strings: C_STRINGS,
    quirk: Some(preprocessor),
    ..C_LIKE
};

const C_STRINGS: &[Quote] = &[
    Quote::new("\"").escaped(b'\\'),
    Quote::between("L\"", "\"").escaped(b'\\'),
    Quote::between("u8\"", "\"").escaped(b'\\'),
    Quote::between("u\"", "\"").escaped(b'\\'),
    Quote::new("'").escaped(b'\\'),
    Quote::between("L'", "'").escaped(b'\\'),
    Quote::between("R\"(", ")\"").lines(),
    Quote::between("LR\"(", ")\"").lines(),
];

/// C++, with what WinRT and C++/CLI add.
pub static CPP: Grammar = Grammar {
    words: &[
        (Keyword, C_KEYWORDS),
        (
            Keyword,
            "alignas alignof and asm catch class co_await co_return co_yield concept consteval constexpr constinit \
             const_cast decltype delete dynamic_cast explicit export final friend import module mutable namespace new \
             noexcept not operator or override private protected public reinterpret_cast requires static_assert \
             static_cast template this thread_local throw try typeid typename using virtual xor ref gcnew property event \
             delegate literal initonly sealed abstract __interface __super __uuidof __event __hook __raise each in",
        ),
        (Type, TYPES),
        (
            Type,
            "string wstring string_view vector map set unordered_map unordered_set list deque array pair tuple optional \
             variant unique_ptr shared_ptr weak_ptr function thread mutex atomic future promise ostream istream \
             char8_t CString hstring com_ptr ComPtr",
        ),
        (Literal, "NULL TRUE FALSE true false nullptr S_OK E_FAIL S_FALSE E_NOTIMPL E_INVALIDARG E_POINTER"),
    ],
    announced: &[(Type, "class struct union enum interface typename concept")],
    ..C
};

/// Objective-C.
pub static OBJECTIVE_C: Grammar = Grammar {
    words: &[
        (Keyword, C_KEYWORDS),
        (
            Keyword,
            "self super in out inout bycopy byref oneway nonatomic atomic strong weak copy assign readonly readwrite",
        ),
        (Type, TYPES),
        (
            Type,
            "id SEL IMP Class BOOL instancetype NSString NSArray NSDictionary NSNumber NSObject NSInteger NSUInteger CGFloat",
        ),
        (Literal, "nil Nil YES NO NULL true false"),
    ],
    strings: &[Quote::between("@\"", "\"").escaped(b'\\'), C_STRINGS[0], C_STRINGS[4]],
    sigils: &[("@", Keyword)],
    ..C
};

/// Shaders.
pub static HLSL: Grammar = Grammar {
    words: &[
        (Keyword, C_KEYWORDS),
        (
            Keyword,
            "cbuffer tbuffer technique technique10 technique11 pass in out inout uniform nointerpolation linear centroid \
             groupshared numthreads register packoffset discard class interface namespace shared precise snorm unorm \
             row_major column_major varying attribute precision highp mediump lowp layout unroll loop branch flatten",
        ),
        (Type, TYPES),
        (
            Type,
            "half float1 float2 float3 float4 float2x2 float3x3 float4x4 float3x4 float4x3 int2 int3 int4 uint uint2 uint3 \
             uint4 half2 half3 half4 bool2 bool3 bool4 min16float matrix vector Texture1D Texture2D Texture3D TextureCube \
             Texture2DArray RWTexture2D Buffer RWBuffer StructuredBuffer RWStructuredBuffer ByteAddressBuffer \
             SamplerState SamplerComparisonState sampler sampler2D texture vec2 vec3 vec4 mat3 mat4",
        ),
        (Literal, "true false NULL"),
    ],
    ..C
};

/// Interface definitions, and MOF.
pub static IDL: Grammar = Grammar {
    words: &[
        (Keyword, C_KEYWORDS),
        (
            Keyword,
            "interface coclass library dispinterface importlib import midl_pragma cpp_quote module namespace runtimeclass \
             delegate event attribute class instance of as string boolean uint8 uint16 uint32 uint64 sint8 sint16 sint32 \
             sint64 datetime real32 real64 overridable protected sealed unsealed requires",
        ),
        (
            Meta,
            "uuid object dual pointer_default unique ref in out retval size_is length_is iid_is helpstring propget propput id \
             oleautomation version read write key description dynamic provider abstract",
        ),
        (Type, TYPES),
        (Literal, "NULL TRUE FALSE true false null"),
    ],
    announced: &[(Type, "interface coclass struct class enum runtimeclass delegate")],
    ..C
};

/// A line for the preprocessor: `#include <file>`. Its rest is code.
pub fn preprocessor(lexer: &mut Lexer<'_, '_>) -> bool {
    if lexer.scanner.peek() != Some(b'#') || !lexer.scanner.is_first_on_line() {
        return false;
    }
    let rest = lexer.scanner.rest().as_bytes();
    let blanks = rest[1..].iter().take_while(|byte| is_blank(**byte)).count();
    let word = rest[1 + blanks..].iter().take_while(|byte| is_word(**byte)).count();
    let name = &lexer.scanner.rest()[1 + blanks..1 + blanks + word];
    let (is_include, is_define) = (matches!(name, "include" | "import"), name == "define");
    lexer.take(Meta, 1 + blanks + word);
    lexer.scanner.skip_blanks();
    let rest = lexer.scanner.rest();
    if is_include && rest.starts_with('<') {
        let length = rest.bytes().take_while(|byte| *byte != b'>' && *byte != b'\n').count();
        lexer.take(String, length + usize::from(rest.as_bytes().get(length) == Some(&b'>')));
    }
    if is_define {
        let length = rest.bytes().take_while(|byte| is_word(*byte)).count();
        lexer.take(Function, length);
    }
    true
}
