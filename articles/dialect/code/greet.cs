using System;

class Program
{
    // <greet>
    static void Greet(string name)
    {
        Console.WriteLine($"Hello, {name}!");
    }
    // </greet>

    #region main
    static void Main()
    {
        Greet("reader");
    }
    #endregion
}
